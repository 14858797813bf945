package dev.drillbook.site.embedded.standin;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * Holds every answer back until what it acknowledges is on disk. Clients that wait at the same time
 * share one commit.
 *
 * <p>A command changes several maps (the documents, an entry for each unique index, the sizes). So
 * a commit waits until no command is half done: otherwise a kill would leave an index entry without
 * its document.
 */
final class GroupCommit {
  private final MVStore store;

  /**
   * Held in common by the commands, and alone by a commit; fair, so that a commit gets its turn.
   */
  private final ReentrantReadWriteLock commands = new ReentrantReadWriteLock(true);

  private final ReentrantLock committing = new ReentrantLock(true);
  private final AtomicLong performed = new AtomicLong();
  private long durable;

  GroupCommit(MVStore store) {
    this.store = store;
  }

  /**
   * Performs {@code command} and returns its answer once its changes have been synced; also where
   * it throws, since a bulk write that fails half way has changed what came before.
   *
   * @throws org.h2.mvstore.MVStoreException if they cannot be written
   */
  <T> T perform(Supplier<T> command) {
    long number;
    T answer = null;
    RuntimeException failure = null;
    commands.readLock().lock();
    try {
      answer = command.get();
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      number = performed.incrementAndGet();
      commands.readLock().unlock();
    }
    makeDurable(number);
    if (failure != null) {
      throw failure;
    }
    return answer;
  }

  private void makeDurable(long number) {
    committing.lock();
    try {
      if (durable >= number) {
        return;
      }
      long upTo = commit();
      // A commit alone stays in the operating system's memory.
      store.sync();
      durable = upTo;
    } finally {
      committing.unlock();
    }
  }

  private long commit() {
    commands.writeLock().lock();
    try {
      store.commit();
      return performed.get();
    } finally {
      commands.writeLock().unlock();
    }
  }
}
