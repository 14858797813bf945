/**
 * Real drills of the real DhakaCart, most of them with something wrong on purpose: each must turn
 * red, and say why. Proof that a green drill means something.
 */
package dev.drillbook.drills;
