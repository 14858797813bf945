package dev.drillbook.plan;

import java.time.Duration;

/**
 * Who is called, and after how long an outage.
 *
 * @param level counted from 1, without gaps
 * @param after since the outage was noticed; longer than that of the level before
 */
public record EscalationLevel(int level, String who, Duration after) {}
