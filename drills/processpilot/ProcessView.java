package processpilot;

import java.math.BigDecimal;

/** A process as the backend answers it; {@code transactions} is how many were booked on it. */
record ProcessView(String ref, String status, BigDecimal total, long transactions) {}
