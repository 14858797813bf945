package dev.drillbook.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.site.DataHolder;
import dev.drillbook.site.Killable;
import dev.drillbook.site.Pausable;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void killingEndsTheProcessesAndLeavesNothingToHeal() {
    Fault kill = Kill.kill(new Target());
    assertThat(kill.name()).isEqualTo("kill db");
    kill.inject().close();
    assertThat(done).containsExactly("kill");
  }

  @Test
  void destroyingRemovesTheDataAndHealingDoesNotBringItBack() {
    Fault destroy = DestroyData.destroyData(new Target());
    assertThat(destroy.name()).isEqualTo("destroy data of db");
    destroy.inject().close();
    assertThat(done).containsExactly("destroy data");
  }

  @Test
  void pausingIsHealedOnce() {
    Fault pause = Pause.pause(new Target());
    assertThat(pause.name()).isEqualTo("pause db");
    ActiveFault active = pause.inject();
    assertThat(done).containsExactly("pause");
    active.close();
    active.close();
    assertThat(done).containsExactly("pause", "resume");
  }

  @Test
  void aFaultThatCannotBeInjectedSaysSo() {
    Killable stopped =
        new Target() {
          @Override
          public void kill() {
            throw new DrillException("db cannot be killed: it does not run", "start it");
          }
        };
    assertThatThrownBy(Kill.kill(stopped)::inject).isInstanceOf(DrillException.class);
  }

  private class Target implements Killable, Pausable, DataHolder {

    @Override
    public String name() {
      return "db";
    }

    @Override
    public String describe() {
      return "db";
    }

    @Override
    public void kill() {
      done.add("kill");
    }

    @Override
    public void pause() {
      done.add("pause");
    }

    @Override
    public void resume() {
      done.add("resume");
    }

    @Override
    public void destroyData() {
      done.add("destroy data");
    }
  }
}
