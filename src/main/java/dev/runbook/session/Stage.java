package dev.runbook.session;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.powershell.ShellLauncher;
import java.util.function.UnaryOperator;

/**
 * Where a run plays: in the real world, or in a rehearsal.
 *
 * @param launcher starts management shells
 * @param cast puts somebody beside or in place of the person at the terminal
 */
public record Stage(ShellLauncher launcher, UnaryOperator<Operator> cast) {}
