package qrgenerator;

/** A QR code as the service answers it; {@code scans} is how often it was scanned. */
record Code(String slug, String target, long scans) {}
