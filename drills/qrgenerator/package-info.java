/**
 * QR Generator, codes of users and their scans, and the drills of its recovery plan: its tables and
 * seed, the service itself ({@link qrgenerator.QrGenerator}, a process of its own), and in {@code
 * scripts/} what its team runs in a disaster.
 */
package qrgenerator;
