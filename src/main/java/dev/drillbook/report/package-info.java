/**
 * What people read of a drill: live progress, the summary of a run, the failure message, and the
 * timeline as JSON and as a picture. Everything here is a pure function of the drill's record, but
 * for the live progress, which follows its events.
 */
package dev.drillbook.report;
