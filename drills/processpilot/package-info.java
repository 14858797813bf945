/**
 * ProcessPilot, a service for processes and the amounts that are booked on them, and the drills of
 * its runbook: its tables and seed, the service itself ({@link processpilot.Backend}, a process of
 * its own), and in {@code scripts/} the backup and restore code that its team would run.
 */
package processpilot;
