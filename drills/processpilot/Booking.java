package processpilot;

import java.math.BigDecimal;

/**
 * An amount that is booked on a process.
 *
 * @param ref chosen by the client; the same one sent twice is booked once
 */
record Booking(String ref, BigDecimal amount) {}
