package dev.drillbook.verification;

import java.util.Map;

/**
 * What one table held at one instant.
 *
 * @param fingerprint of all rows and all columns, whatever the rows' order; equal tables have equal
 *     fingerprints
 * @param rowHashes a hash of each row by its primary key, to tell which rows differ; empty where
 *     the table has no primary key or too many rows
 */
public record TableImage(
    String table, long rows, String fingerprint, Map<String, Long> rowHashes) {}
