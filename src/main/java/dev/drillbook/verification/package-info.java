/**
 * Read-only looks at what came back: checks of the data, and the ledger's judgement of every write.
 */
package dev.drillbook.verification;
