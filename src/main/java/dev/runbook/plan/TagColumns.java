package dev.runbook.plan;

import dev.runbook.model.ActionSpec;
import dev.runbook.model.FactSource;
import dev.runbook.model.Rollback;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.model.Task;
import dev.runbook.model.Text;
import dev.runbook.model.Written;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Collects the columns that the tags of a runbook name: those behind a dot, and those inside of sections. */
public final class TagColumns {
    private final Runbook runbook;
    private final Set<String> columns = new LinkedHashSet<>();

    private TagColumns(Runbook runbook) {
        this.runbook = runbook;
    }

    /** The columns, in the order in which they are met. */
    public static Set<String> of(Runbook runbook) {
        TagColumns all = new TagColumns(runbook);
        runbook.steps().forEach(all::step);
        runbook.facts().values().forEach(fact -> {
            if (fact.source() instanceof FactSource.Query query) {
                all.text(query.sql());
            } else if (fact.source() instanceof FactSource.Cmdlet cmdlet) {
                all.written(cmdlet.parameters());
            }
        });
        return all.columns;
    }

    private void step(Step step) {
        step.confirm().ifPresent(confirm -> {
            text(confirm.message());
            confirm.type().ifPresent(this::text);
        });
        task(step.task());
        step.advice().byError().values().forEach(this::text);
        step.advice().otherwise().ifPresent(this::text);
        step.rollback().ifPresent(this::rollback);
    }

    private void rollback(Rollback rollback) {
        if (rollback instanceof Rollback.Actions actions) {
            actions.entries().forEach(entry -> task(entry.task()));
        } else if (rollback instanceof Rollback.ByHand byHand) {
            text(byHand.what());
        }
    }

    private void task(Task task) {
        task.action().ifPresent(this::action);
    }

    private void action(ActionSpec action) {
        if (action instanceof ActionSpec.Sql sql) {
            text(sql.sql());
        } else if (action instanceof ActionSpec.Procedure procedure) {
            written(procedure.parameters());
        } else if (action instanceof ActionSpec.Cmdlet cmdlet) {
            written(cmdlet.parameters());
        }
    }

    private void written(Written written) {
        if (written instanceof Written.Scalar scalar) {
            text(scalar.text());
        } else if (written instanceof Written.Items items) {
            items.values().forEach(this::written);
        } else if (written instanceof Written.Fields fields) {
            fields.values().values().forEach(this::written);
        }
    }

    private void text(Text text) {
        for (Tag tag : Tags.of(text)) {
            column(tag).ifPresent(columns::add);
        }
    }

    /** The column of a tag: behind the dot, or the whole path where it names neither a variable nor rows. */
    private Optional<String> column(Tag tag) {
        boolean declared = runbook.variables().containsKey(tag.head())
                || tag.head().equals(Scope.EACH)
                || tag.head().equals(Scope.RUN)
                || runbook.steps().stream().anyMatch(step -> step.remember().containsKey(tag.head()));
        if (tag.kind() != Tag.Kind.VALUE || tag.head().equals(Scope.RUN)) {
            return Optional.empty();
        }
        return declared && !runbook.variables().containsKey(tag.head())
                ? tag.rest()
                : declared ? Optional.empty() : Optional.of(tag.path());
    }
}
