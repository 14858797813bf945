package dev.drillbook.site;

/** Something whose processes can be ended without any warning. */
public interface Killable extends Component {

  /** Sends SIGKILL to all its processes and returns once they are gone. */
  void kill();
}
