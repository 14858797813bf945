package web;

/**
 * The request cannot be granted, through no fault of the service's; the message is for the client.
 */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status to answer with, 4xx
   */
  public Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
