package dev.drillbook.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Killable;
import dev.drillbook.site.Pausable;
import dev.drillbook.site.Startable;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How faults begin, say what they do, look at it, and end; each on real stores in its own test. */
class FaultsTest {
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final UndoJournal journal =
      undo -> {
        done.add("write the undo of " + undo.what());
        return () -> done.add("strike out the undo of " + undo.what());
      };
  private final Scene scene = Scene.of(journal, 1, 0);

  @Test
  void killingEndsTheProcessesAndLeavesNothingToHeal() {
    Fault kill = Kill.kill(new Target("db"));
    assertThat(kill.name()).isEqualTo("kill db");
    ActiveFault active = kill.inject(scene);
    assertThat(active.isInForce()).isFalse();
    assertThat(active.bite()).isEqualTo(new Bite(true, "db is down"));
    active.close();
    assertThat(done).containsExactly("kill db");
  }

  @Test
  void theUndoIsOnDiskBeforeAFaultActsAndGoesAfterItIsHealedOnce() {
    Fault pause = Pause.pause(new Target("db"));
    assertThat(pause.name()).isEqualTo("pause db");
    ActiveFault active = pause.inject(scene);
    assertThat(active.isInForce()).isTrue();
    assertThat(active.bite()).isEqualTo(new Bite(true, "db is paused"));
    active.close();
    active.close();
    assertThat(done)
        .containsExactly(
            "write the undo of pause db",
            "pause db",
            "resume db",
            "strike out the undo of pause db");
    assertThat(active.bite()).isEqualTo(new Bite(false, "db is running"));
    assertThat(active.isInForce()).isFalse();
  }

  @Test
  void whatCannotBeHealedWhileItsTargetIsDownIsTriedAgain() {
    AtomicBoolean up = new AtomicBoolean();
    ActiveFault active =
        InForce.begin(
            journal,
            new Undo.EndWithSite("it"),
            List.of(),
            () -> {},
            () -> new Bite(true, ""),
            up::get);
    active.close();
    assertThat(active.isInForce()).isTrue();
    assertThat(done).containsExactly("write the undo of it");
    up.set(true);
    active.close();
    assertThat(active.isInForce()).isFalse();
    assertThat(done).endsWith("strike out the undo of it");
  }

  @Test
  void aFaultThatFailsHalfWayIsHealedAtOnce() {
    Runnable half =
        () -> {
          done.add("half of it");
          throw new DrillException("no more could be done", "do less");
        };
    assertThatThrownBy(
            () ->
                InForce.begin(
                    journal,
                    new Undo.EndWithSite("it"),
                    List.of(),
                    half,
                    () -> new Bite(true, ""),
                    () -> done.add("heal")))
        .hasMessageContaining("no more could be done");
    assertThat(done)
        .containsExactly("write the undo of it", "half of it", "heal", "strike out the undo of it");
  }

  @Test
  void whatCouldNotBeHealedStaysInTheJournal() {
    Target stubborn =
        new Target("db") {
          @Override
          public void resume() {
            throw new DrillException("it does not listen", "ask again");
          }
        };
    ActiveFault active = Pause.pause(stubborn).inject(scene);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(active::close).hasMessageContaining("it does not listen");
      assertThat(active.isInForce()).isTrue();
    }
    assertThat(done).doesNotContain("strike out the undo of pause db");
  }

  @Test
  void aFaultWhoseUndoCannotBeWrittenDoesNotAct() {
    UndoJournal full =
        undo -> {
          throw new DrillException("the disk is full", "make room");
        };
    Scene noJournal = Scene.of(full, 1, 0);
    assertThatThrownBy(() -> Pause.pause(new Target("db")).inject(noJournal))
        .hasMessageContaining("the disk is full");
    assertThat(done).isEmpty();
  }

  @Test
  void stoppingWhatDoesNotRunIsRefused() {
    Target down = new Target("db");
    down.kill();
    assertThatThrownBy(() -> Stop.stop(down).inject(scene))
        .hasMessageContaining("db cannot be stopped: it does not run");
    Target up = new Target("shop");
    assertThat(Stop.stop(up).inject(scene).bite()).isEqualTo(new Bite(true, "shop is down"));
  }

  @Test
  void faultsAtOnceAreAllInjectedAndHealedInReverse() {
    Fault both = AtOnce.atOnce(Pause.pause(new Target("db")), Pause.pause(new Target("shop")));
    assertThat(both.name()).isEqualTo("pause db and pause shop");
    ActiveFault active = both.inject(scene);
    assertThat(active.bite()).isEqualTo(new Bite(true, "db is paused; shop is paused"));
    done.clear();
    active.close();
    assertThat(done)
        .containsExactly(
            "resume shop",
            "strike out the undo of pause shop",
            "resume db",
            "strike out the undo of pause db");
  }

  @Test
  void ifOneOfThemCannotBeInjectedTheOthersAreHealed() {
    Target down = new Target("db");
    down.kill();
    Fault both = AtOnce.atOnce(Pause.pause(new Target("shop")), Stop.stop(down));
    assertThatThrownBy(() -> both.inject(scene)).hasMessageContaining("it does not run");
    assertThat(done).endsWith("resume shop", "strike out the undo of pause shop");
  }

  @Test
  void whoeverIsInterruptedLeavesNoFaultBehind() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    Target slow =
        new Target("db") {
          @Override
          public void pause() {
            pausing.countDown();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            super.pause();
          }
        };
    Target fast = new Target("shop");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread drill =
        new Thread(
            () -> {
              try {
                AtOnce.atOnce(Pause.pause(fast), Pause.pause(slow)).inject(scene);
              } catch (DrillException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    drill.start();
    pausing.await();
    await().until(() -> fast.condition() == Condition.PAUSED);
    drill.interrupt();
    drill.join();
    assertThat(thrown.get()).hasMessageContaining("interrupted while faults were injected");
    assertThat(List.of(fast.condition(), slow.condition())).containsOnly(Condition.RUNNING);
  }

  @Test
  void aDelayComesBeforeTheFault() {
    long before = System.nanoTime();
    Fault late = After.after(Duration.ofMillis(30), Kill.kill(new Target("db")));
    assertThat(late.name()).isEqualTo("kill db after 30 ms");
    late.inject(scene);
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofMillis(30));
    assertThat(done).containsExactly("kill db");
  }

  @Test
  void chanceIsTheSameForTheSameSeedAndPositionAndForNoOther() {
    long drawn = Scene.of(journal, 7, 2).chance().nextLong();
    assertThat(Scene.of(journal, 7, 2).chance().nextLong()).isEqualTo(drawn);
    assertThat(Scene.of(journal, 7, 3).chance().nextLong()).isNotEqualTo(drawn);
    assertThat(Scene.of(journal, 8, 2).chance().nextLong()).isNotEqualTo(drawn);
    assertThat(Scene.of(journal, 8, 1).chance().nextLong()).isNotEqualTo(drawn);
  }

  @Test
  void anExtentIsACountOrAPercentageRoundedUp() {
    assertThat(Extent.count(5).of(3)).isEqualTo(3);
    assertThat(Extent.count(5).of(30)).isEqualTo(5);
    assertThat(Extent.percent(10).of(31)).isEqualTo(4);
    assertThat(Extent.percent(100).of(31)).isEqualTo(31);
    assertThat(Extent.percent(0.5).text()).isEqualTo("0.5 %");
    assertThat(Extent.percent(10).text()).isEqualTo("10 %");
    assertThatThrownBy(() -> Extent.count(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Extent.percent(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Extent.percent(101)).isInstanceOf(IllegalArgumentException.class);
  }

  private class Target implements Killable, Pausable, Startable {
    private final String name;
    private volatile Condition condition = Condition.RUNNING;

    Target(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String describe() {
      return name;
    }

    @Override
    public Condition condition() {
      return condition;
    }

    private void become(Condition next, String how) {
      condition = next;
      done.add(how + " " + name);
    }

    @Override
    public void kill() {
      become(Condition.DOWN, "kill");
    }

    @Override
    public void stop() {
      become(Condition.DOWN, "stop");
    }

    @Override
    public void start() {
      become(Condition.RUNNING, "start");
    }

    @Override
    public void pause() {
      become(Condition.PAUSED, "pause");
    }

    @Override
    public void resume() {
      become(Condition.RUNNING, "resume");
    }
  }
}
