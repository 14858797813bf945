package dev.drillbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.fault.Scene;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActiveFaultsTest {
  private final List<String> healed = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final ActiveFaults faults = new ActiveFaults();

  @BeforeEach
  void listen() {
    faults.onHealed(fault -> healed.add(fault.name()));
  }

  private Lasting inject(String name, boolean healable) {
    Lasting fault = new Lasting(name, healable);
    faults.add(fault, fault.inject(null));
    return fault;
  }

  private void healAll() {
    faults.healAll(problem -> failed.add(problem.getMessage()));
  }

  @Test
  void whatAStepHealsIsToldOnceAndNotHealedAgain() {
    Lasting cut = inject("cut", true);
    inject("pause", true);
    faults.heal(cut);
    assertThat(healed).containsExactly("cut");
    assertThatThrownBy(() -> faults.heal(cut)).hasMessageContaining("nothing to heal of 'cut'");
    healAll();
    assertThat(healed).containsExactly("cut", "pause");
    assertThat(cut.closed).isEqualTo(1);
    assertThat(failed).isEmpty();
  }

  @Test
  void aStepCannotHealWhatIsDownAndTheEndOfADrillDoesNotMind() {
    Lasting revoked = inject("revoke", false);
    assertThatThrownBy(() -> faults.heal(revoked))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("'revoke' cannot be healed: its target is down");
    healAll();
    assertThat(healed).isEmpty();
    assertThat(failed).isEmpty();
  }

  @Test
  void aFaultThatWasNotInjectedCannotBeHealed() {
    assertThatThrownBy(() -> faults.heal(new Lasting("cut", true)))
        .hasMessageContaining("heal a fault of this drill's disaster");
  }

  private static final class Lasting implements Fault {
    private final String name;
    private final boolean healable;
    private int closed;

    Lasting(String name, boolean healable) {
      this.name = name;
      this.healable = healable;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public ActiveFault inject(Scene scene) {
      return new ActiveFault() {
        private boolean inForce = true;

        @Override
        public List<String> hit() {
          return List.of();
        }

        @Override
        public Bite bite() {
          return new Bite(true, "");
        }

        @Override
        public boolean isInForce() {
          return inForce;
        }

        @Override
        public void close() {
          closed++;
          inForce = !healable;
        }
      };
    }
  }
}
