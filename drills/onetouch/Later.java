package onetouch;

import dev.drillbook.site.Action;
import dev.drillbook.site.Transcript;
import java.time.Duration;

/**
 * An action that cannot be named before it is its turn: on a server that is not there yet, or with
 * what an earlier step has found.
 */
record Later(Choice choice) implements Action {

  /** Says what is to be done, when its time has come. */
  interface Choice {
    Action now() throws Exception;
  }

  static Action later(Choice choice) {
    return new Later(choice);
  }

  @Override
  public void perform() throws Exception {
    choice.now().perform();
  }

  @Override
  public void perform(Transcript transcript, Duration limit) throws Exception {
    choice.now().perform(transcript, limit);
  }
}
