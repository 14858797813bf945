/**
 * The restore check: backups that exist are found, held against the plan's policy, brought into a
 * store that was made for them, and looked at. {@link dev.drillbook.restorecheck.RestoreChecks}
 * lists what is done, in order.
 */
package dev.drillbook.restorecheck;
