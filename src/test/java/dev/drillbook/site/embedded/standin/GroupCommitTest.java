package dev.drillbook.site.embedded.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  @TempDir Path folder;

  @Test
  void whatWasAnsweredIsInTheFileAlsoWhereTheCommandFailed() throws Exception {
    try (MVStore store = open("live")) {
      MVMap<String, String> map = store.openMap("map");
      GroupCommit commits = new GroupCommit(store);
      assertThat(commits.perform(() -> map.put("a", "1"))).isNull();
      assertThatThrownBy(
              () ->
                  commits.perform(
                      () -> {
                        map.put("b", "2");
                        throw new IllegalStateException("half done");
                      }))
          .hasMessage("half done");
      map.put("c", "not acknowledged");
      assertThat(asAKillWouldLeaveIt()).isEqualTo(List.of("a", "b"));
    }
  }

  @Test
  void noCommandIsHalfInTheFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (MVStore store = open("live")) {
      MVMap<Integer, Integer> left = store.openMap("left");
      MVMap<Integer, Integer> right = store.openMap("right");
      GroupCommit commits = new GroupCommit(store);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread * 1_000;
        running.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 100; i++) {
                    int key = i;
                    commits.perform(
                        () -> {
                          left.put(key, key);
                          LockSupport.parkNanos(10_000);
                          return right.put(key, key);
                        });
                  }
                }));
      }
      for (int i = 0; i < 10; i++) {
        Path copy = Files.copy(folder.resolve("live"), folder.resolve("copy" + i));
        try (MVStore killed = new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
          assertThat(killed.openMap("left").keySet()).isEqualTo(killed.openMap("right").keySet());
        }
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<String> asAKillWouldLeaveIt() throws Exception {
    Path copy = Files.copy(folder.resolve("live"), folder.resolve("copy"));
    try (MVStore killed = new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
      MVMap<String, String> map = killed.openMap("map");
      return new ArrayList<>(map.keySet());
    }
  }

  private MVStore open(String name) {
    return new MVStore.Builder()
        .fileName(folder.resolve(name).toString())
        .autoCommitDisabled()
        .open();
  }
}
