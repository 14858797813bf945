/**
 * A team's runbook as data: objectives, backup policies, scenarios and their steps, loaded from
 * {@code plan.yaml} and validated as a whole before anything runs.
 */
package dev.drillbook.plan;
