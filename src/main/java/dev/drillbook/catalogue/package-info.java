/**
 * Which backups a store of backups holds, and whether they keep the plan's policy. Nothing is
 * written there, and nothing is restored.
 */
package dev.drillbook.catalogue;
