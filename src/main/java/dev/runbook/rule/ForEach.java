package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code for-each} with something that has no rows, or with a fact that in the end asks for itself. */
final class ForEach extends Rule {
    ForEach() {
        super(About.error(
                        "for-each",
                        "for-each names something that has no rows, or a fact that in the end asks for itself.")
                .reaching(About.Reach.NAMES)
                .always()
                .because("An action or a question is done once for each row of a fact, or for each item of a list"
                        + " variable.")
                .bad("""
                    facts:
                      settings of the servers:
                        for-each: pool_fqdn
                        cmdlet: Get-CsManagementStoreReplicationStatus
                        parameters: {ReplicaFqdn: '{{each}}'}
                    """)
                .good("""
                    facts:
                      settings of the servers:
                        for-each: chat_servers
                        cmdlet: Get-CsManagementStoreReplicationStatus
                        parameters: {ReplicaFqdn: '{{each}}'}
                    """));
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        Stream<Name> ofFacts = runbook.facts().values().stream().flatMap(fact -> fact.forEach().stream());
        Stream<Name> ofTasks = Tasks.of(runbook).flatMap(task -> task.forEach().stream());
        Stream<Diagnostic> names = Stream.concat(ofFacts, ofTasks)
                .filter(name -> !name.text().isEmpty())
                .flatMap(name -> problem(name, runbook).map(message -> finding(name.origin(), message)).stream());
        return Stream.concat(names, Tasks.of(runbook).flatMap(task -> idle(task).stream()))
                .toList();
    }

    /** A copy that is the same for every row is made once, and then there is nothing to copy any more. */
    private Optional<Diagnostic> idle(Task task) {
        boolean named = task.action().filter(Task.Action.CopyFiles.class::isInstance).stream()
                .flatMap(Texts::of)
                .flatMap(text -> Tag.in(text).stream())
                .anyMatch(tag -> tag.head().equals(Scope.EACH));
        return task.forEach()
                .filter(name -> !named
                        && task.action()
                                .filter(Task.Action.CopyFiles.class::isInstance)
                                .isPresent())
                .map(name -> finding(
                        name.origin(),
                        "copy-files is the same for each of \"" + name
                                + "\". Use {{each}} in from, to or include, or delete" + " for-each."));
    }

    private static Optional<String> problem(Name name, Runbook runbook) {
        Fact fact = runbook.facts().get(name.text());
        if (fact != null) {
            return isCircle(fact, runbook)
                    ? Optional.of("\"" + name + "\" is in the end asked for each of its own rows. Break the circle.")
                    : Optional.empty();
        }
        Variable variable = runbook.variables().get(name.text());
        if (variable != null) {
            return variable.type() == Variable.Type.LIST
                    ? Optional.empty()
                    : Optional.of("\"" + name + "\" is of type "
                            + variable.type().word() + ". Here stands a fact or a list variable.");
        }
        List<String> known = new ArrayList<>(runbook.facts().keySet());
        runbook.variables().values().stream()
                .filter(each -> each.type() == Variable.Type.LIST)
                .forEach(each -> known.add(each.name().text()));
        return Optional.of(
                "There is no fact and no list variable \"" + name + "\"." + Suggestion.didYouMean(name.text(), known));
    }

    private static boolean isCircle(Fact start, Runbook runbook) {
        Set<String> visited = new HashSet<>();
        Optional<Fact> fact = Optional.of(start);
        while (fact.isPresent()) {
            if (!visited.add(fact.get().name().text())) {
                return true;
            }
            fact = fact.get().forEach().map(next -> runbook.facts().get(next.text()));
        }
        return false;
    }
}
