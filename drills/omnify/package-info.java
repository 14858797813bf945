/**
 * OmniFy Cloud Connect, a service for advertising campaigns, and the drills of its recovery plan:
 * its seed, the server itself ({@link omnify.Server}, a process of its own), and in {@code
 * scripts/} the backup and restore code that its team would run in a disaster.
 */
package omnify;
