/**
 * Where a system under drill runs: its components, what can be done to each, and the commands of
 * the team's own runbook. Sub-packages hold one kind of site each.
 */
package dev.drillbook.site;
