/**
 * Clients that keep writing while the disaster happens, the probe, and the ledger of everything
 * they attempted.
 */
package dev.drillbook.workload;
