package processpilot;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.util.List;

/**
 * A database that was given up is down: what comes back by itself takes writes that nobody sees.
 */
record Fenced(Postgres givenUp) implements Check {

  static Check fenced(Postgres givenUp) {
    return new Fenced(givenUp);
  }

  @Override
  public String name() {
    return "fenced";
  }

  @Override
  public Examined examine(Evidence evidence) {
    Condition condition = givenUp.condition();
    return new Examined(
        givenUp.name(),
        1,
        condition == Condition.DOWN
            ? List.of()
            : List.of(
                Finding.fail(
                    name(),
                    givenUp.name() + " is down",
                    "it is " + condition,
                    "stop it before clients are led elsewhere, or it goes on with whoever still reaches it")));
  }
}
