package dev.drillbook.fault;

import dev.drillbook.site.Action;
import dev.drillbook.timeline.DrillException;
import java.util.List;

/** Anything that goes wrong because somebody, or some job, does something. */
@About(
    kind = About.Kind.COMPOSED,
    does = "an action of the drill's own: a bad release, a job that runs on damaged data",
    hits = "whatever the action does",
    bites = "the drill's own look says so")
public record Act(String name, Action action, Looking looking) implements Fault {

  /** Tells whether the action has had its effect. */
  public interface Looking {
    Bite look() throws Exception;
  }

  public static Fault act(String name, Action action, Looking looking) {
    return new Act(name, action, looking);
  }

  @Override
  public ActiveFault inject(Scene scene) {
    try {
      action.perform();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted during " + name, "run the drill again", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new DrillException(name + " failed: " + e, "correct the drill", e);
    }
    return ActiveFault.over(List.of(), this::bite);
  }

  private Bite bite() {
    try {
      return looking.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Bite(false, "interrupted");
    } catch (Exception e) {
      return new Bite(false, "it could not be looked at: " + e);
    }
  }
}
