package dev.runbook.engine;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.fact.FactAsker;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Plan;
import dev.runbook.template.Scope;

/** The workers of one run, put together. */
record Parts(
        Scope scope,
        Binder binder,
        Absences absences,
        Conditions conditions,
        Decisions decisions,
        Conditions.Proof proof,
        Attempts tasks,
        FileCopying files,
        Dialogue dialogue,
        Recorder recorder,
        RunControl control) {

    static Parts of(Plan plan, World world, Recorder recorder, Dialogue dialogue, Decisions decisions) {
        Endpoints endpoints = world.endpoints();
        Scope scope = plan.site().scope();
        FactAsker facts = new FactAsker(
                plan.runbook(), plan.site(), scope, endpoints, world.control().cancellation());
        Conditions conditions = new Conditions(plan.runbook(), plan.site(), facts, recorder, world);
        Binder binder = new Binder(plan.site());
        FileCopying files = new FileCopying(facts, binder, world, recorder);
        Conditions.Proof proof = new Conditions.Proof(conditions, files);
        Attempts.Sending sending = new Attempts.Sending(facts, binder, files, recorder, world);
        Attempts tasks = new Attempts(sending, proof, binder, recorder, world);
        return new Parts(
                scope,
                binder,
                new Absences(plan.runbook(), plan.site()),
                conditions,
                decisions,
                proof,
                tasks,
                files,
                dialogue,
                recorder,
                world.control());
    }
}
