package processpilot;

import dev.drillbook.site.Action;
import dev.drillbook.site.Server;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.site.Transcript;
import java.time.Duration;

/** The security monitoring: it scans the database that the address leads to. */
record SecurityWatch(ServiceAddress database, Server before, Action scanBefore, Action scanAfter)
    implements Action {

  @Override
  public void perform() throws Exception {
    scan().perform();
  }

  @Override
  public void perform(Transcript transcript, Duration limit) throws Exception {
    scan().perform(transcript, limit);
  }

  private Action scan() {
    return database.target().equals(before) ? scanBefore : scanAfter;
  }
}
