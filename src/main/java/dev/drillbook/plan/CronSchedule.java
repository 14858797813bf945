package dev.drillbook.plan;

/** Placeholder replaced in the next commit. */
public record CronSchedule(String expression) {}
