package dhakacart;

/** The request cannot be granted, through no fault of the shop's; the message is for the client. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status to answer with, 4xx
   */
  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
