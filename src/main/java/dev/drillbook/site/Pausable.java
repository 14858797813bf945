package dev.drillbook.site;

/** Something that can be frozen: it keeps its connections and answers nothing. */
public interface Pausable extends Component {

  /** Sends SIGSTOP to all its processes. */
  void pause();

  /** Lets them go on. Does nothing to processes that are gone. */
  void resume();
}
