/**
 * RTO and RPO: pure functions from what was recorded to what it means against the plan's targets.
 */
package dev.drillbook.objective;
