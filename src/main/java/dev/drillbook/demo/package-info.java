/**
 * A sample catalogue: months of backups of a small web shop that a real PostgreSQL has written,
 * good ones and each kind of bad one, so that a check of backups shows its worth on a machine that
 * has none.
 */
package dev.drillbook.demo;
