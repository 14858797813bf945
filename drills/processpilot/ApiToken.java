package processpilot;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The API token of the drills' clients, who get a new one when all tokens were revoked. */
public final class ApiToken {
  private static final int BYTES = 24;

  private volatile String current = "pp-seed-token-1";

  /** What they send now. */
  public String current() {
    return current;
  }

  /**
   * Makes up another, which they send from now on; whether anybody accepts it is another matter.
   */
  public String renew() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    current = "pp-" + HexFormat.of().formatHex(random);
    return current;
  }
}
