/**
 * Known-bad recoveries. A drill that has only ever been green is no evidence: under each of these
 * it must turn red.
 */
package dev.drillbook.sabotage;
