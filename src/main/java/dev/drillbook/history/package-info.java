/**
 * What earlier drills measured: one JSON line per drill, appended and never rewritten. The schema
 * is described in {@code docs/history-schema.md}.
 */
package dev.drillbook.history;
