/**
 * The runbook's steps, run in the plan's order, each with its budget and its transcript. It never
 * sees the fault.
 */
package dev.drillbook.recovery;
