package dev.drillbook.workload;

/** What the store holds under one key, in the canonical text of {@link Operation#value()}. */
public record StoredRow(String key, String value) {}
