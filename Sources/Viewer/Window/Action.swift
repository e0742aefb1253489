// Everything that can be done in the window. What does it is `Session.perform`; which key does it
// is `KeyTable`.

/// An action of the window.
public enum Action: String, Sendable, Hashable, CaseIterable {
  case playPause, stepForward, stepBack, jumpForward, jumpBack, nextEvent, previousEvent
  case goToStart, goToEnd, reset, slower, faster, realTime, loop, mark
  case previousScene, nextScene
  case showAll, viewFront, viewBack, viewLeft, viewRight, viewTop, viewBottom, viewCorner
  case contacts, forces, velocities, trails, centres, labels, ghosts, members, wireframe, theme
  case panel, info, plots, help, find
  case runAgain
  case picture, video, save
  case escape
}
