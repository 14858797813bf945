package dev.drillbook.proxy;

/** Where chunks go: the next toxic's stage, or the socket. */
interface Sink {
  /** Whether it is worth passing more now. What is passed nevertheless is kept. */
  boolean hasRoom();

  void take(Chunk chunk);
}
