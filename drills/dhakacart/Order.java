package dhakacart;

/** An order as the shop answers it; {@code items} is the number of its lines. */
record Order(String ref, String status, long totalCents, int items) {}
