/**
 * What happened, and when: monotonic ticks, the wall clock they display as, and the append-only
 * list of events that every stage of a drill writes to and every meter reads from. The lowest
 * package: it imports the JDK only.
 */
package dev.drillbook.timeline;
