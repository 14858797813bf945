/**
 * Physical backups of PostgreSQL: from a copy of a server's files, and its WAL, to a server that
 * has recovered, and what that says of the backup.
 */
package dev.drillbook.physical;
