package dev.runbook.plan;

import dev.runbook.base.Value;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Written;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives an action its values. */
public final class Binder {
    private final Site site;

    /** A binder for the servers and shells of that site. */
    public Binder(Site site) {
        this.site = site;
    }

    /**
     * The variable that the action depends on and that this site does not have, if there is one: then the action does not
     * apply.
     */
    public Optional<String> missing(Task.Action spec) {
        return target(spec).filter(name -> !site.has(name));
    }

    /** The action with its values; every problem at once. Must not be called where something is {@link #missing}. */
    public Filled<Operation> bind(Task.Action spec, Scope scope) {
        if (spec instanceof Task.Action.Sql sql) {
            ResolvedValue.Server server = server(sql.server());
            return Fill.sql(sql.sql(), scope).map(text -> new Operation.Sql(server.target(), text));
        }
        if (spec instanceof Task.Action.Procedure procedure) {
            ResolvedValue.Server server = server(procedure.server());
            Filled<Map<String, Value>> values = parameters(procedure.parameters(), scope);
            List<Filled.Problem> problems = new ArrayList<>(values.problems());
            if (values instanceof Filled.Complete<Map<String, Value>> complete) {
                problems.addAll(unfit(procedure.parameters(), complete.value()));
            }
            return Filled.of(values, problems)
                    .map(all -> ((Filled.Complete<Map<String, Value>>) all).value())
                    .map(all -> new Operation.Procedure(
                            server.target(), procedure.procedure().text(), all));
        }
        if (spec instanceof Task.Action.Cmdlet cmdlet) {
            ResolvedValue.Shell shell =
                    (ResolvedValue.Shell) shell(cmdlet).flatMap(site::find).orElseThrow();
            return parameters(cmdlet.parameters(), scope)
                    .map(values ->
                            new Operation.Cmdlet(shell.target(), cmdlet.cmdlet().text(), values));
        }
        return copy((Task.Action.CopyFiles) spec, scope);
    }

    /** Whether it is a variable of the site, and no fact. */
    public boolean isVariable(Name name) {
        return site.find(name.text()).isPresent();
    }

    /** The server that the action is for; empty where it is for none. */
    public Optional<SqlTarget> sqlServer(Task.Action spec) {
        return target(spec)
                .flatMap(site::find)
                .filter(ResolvedValue.Server.class::isInstance)
                .map(bound -> ((ResolvedValue.Server) bound).target());
    }

    private static Filled<Operation> copy(Task.Action.CopyFiles copy, Scope scope) {
        Filled<String> from = Fill.path(copy.from(), scope);
        Filled<String> to = Fill.path(copy.to(), scope);
        Filled<String> include = Fill.path(copy.include(), scope);
        if (from instanceof Filled.Complete<String> source
                && to instanceof Filled.Complete<String> target
                && include instanceof Filled.Complete<String> names) {
            return new Filled.Complete<>(new Operation.CopyFiles(
                    new FileSystemEndpoint.Copy(source.value(), target.value(), names.value(), copy.mayBeEmpty())));
        }
        List<Filled.Problem> problems = new ArrayList<>(from.problems());
        problems.addAll(to.problems());
        problems.addAll(include.problems());
        return new Filled.Problems<>(problems);
    }

    private static Filled<Map<String, Value>> parameters(Written.Fields parameters, Scope scope) {
        return Fill.value(parameters, scope)
                .map(value ->
                        value.map(fields -> ((Value.Fields) fields).values()).orElse(Map.of()));
    }

    /** What only the run could tell: a remembered column that is a list. Nothing of it is sent. */
    private static List<Filled.Problem> unfit(Written.Fields written, Map<String, Value> values) {
        return written.keys().stream()
                .filter(key ->
                        values.get(key.text()) instanceof Value.Items || values.get(key.text()) instanceof Value.Fields)
                .map(key -> {
                    Text text = Texts.of(written.values().get(key.text()))
                            .findFirst()
                            .orElseGet(() -> new Text(key.text(), key.origin()));
                    return new Filled.Problem(
                            Filled.Problem.Kind.UNFIT,
                            text,
                            0,
                            text.raw().length(),
                            "@" + key + " is a list or a map, and a procedure takes one value.");
                })
                .toList();
    }

    private Optional<String> target(Task.Action spec) {
        if (spec instanceof Task.Action.Sql sql) {
            return Optional.of(sql.server().text());
        }
        if (spec instanceof Task.Action.Procedure procedure) {
            return Optional.of(procedure.server().text());
        }
        return spec instanceof Task.Action.Cmdlet cmdlet ? shell(cmdlet) : Optional.empty();
    }

    private Optional<String> shell(Task.Action.Cmdlet cmdlet) {
        return site.shell(cmdlet.shell().map(Name::text));
    }

    private ResolvedValue.Server server(Name name) {
        return (ResolvedValue.Server) site.find(name.text()).orElseThrow();
    }

    /** Collects the columns that the tags of a runbook name: those after a dot, and those inside of sections. */
    public static final class TagColumns {
        private final Runbook runbook;

        private TagColumns(Runbook runbook) {
            this.runbook = runbook;
        }

        /** The columns, in the order in which they are met. */
        public static Set<String> of(Runbook runbook) {
            TagColumns columns = new TagColumns(runbook);
            Stream<Text> texts = Stream.concat(
                    runbook.steps().stream().flatMap(Texts::of),
                    runbook.facts().values().stream().flatMap(Texts::of));
            Set<String> all = new LinkedHashSet<>();
            texts.flatMap(text -> Tag.in(text).stream())
                    .filter(tag -> tag.kind() == Tag.Kind.VALUE && !tag.head().equals(Scope.RUN))
                    .forEach(tag -> columns.column(tag).ifPresent(all::add));
            return all;
        }

        /** After the dot of rows; the whole path where it names nothing, since it then names a column of a section. */
        private Optional<String> column(Tag tag) {
            if (runbook.variables().containsKey(tag.head()) || tag.path().equals(Tag.ITEM)) {
                return Optional.empty();
            }
            return isRows(tag.head()) ? tag.rest() : Optional.of(tag.path());
        }

        private boolean isRows(String name) {
            return name.equals(Scope.EACH)
                    || runbook.steps().stream().anyMatch(step -> step.remember().containsKey(name));
        }
    }
}
