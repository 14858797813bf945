/** Disasters: one class each, which injects itself and hands back what heals it. */
package dev.drillbook.fault;
