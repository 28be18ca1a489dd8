package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.journal.ProbeVerdict;
import io.cnishift.engine.slice.Forecast;
import java.util.List;

/** Told of the progress of a run, on its thread. Each method does nothing unless it is overridden. */
public interface RunListener {

    /** Listens to nothing. */
    RunListener NONE = new RunListener() {};

    /** The first step of a phase begins, or the way back reaches the phase. */
    default void phase(String phase) {}

    /** A step begins, forward or back. */
    default void stepBegun(MigrationPlan.Step step) {}

    /** A step waits for another reason than before; the reason explains itself. */
    default void waiting(MigrationPlan.Step step, String reason) {}

    /** An act is to be performed on the cluster as it is seen; the view changes after the call. */
    default void performing(MigrationPlan.Step step, Act act, View view) {}

    /** An act ended. */
    default void performed(MigrationPlan.Step step, Act act, ActResult result) {}

    /** An act is left to the owner of what it changes; told again in each pass until it is made. */
    default void left(MigrationPlan.Step step, Act act, View view) {}

    /** The gate of a step was asked once. */
    default void judged(MigrationPlan.Step step, List<ProbeVerdict> verdicts, int passes) {}

    /** The end of a finished step no longer holds. */
    default void lapsed(MigrationPlan.Step step, String reason) {}

    /** A step reached its end, was left out, or was taken back. */
    default void stepEnded(MigrationPlan.Step step, String detail) {}

    /** How far the run is expected to come, before it does anything. */
    default void foreseen(Forecast forecast) {}

    /** The run has not begun, for it waits for something; the reason explains itself. */
    default void awaiting(String reason) {}

    /** Something of a guard that is not green, in words. */
    default void guard(String what) {}

    /** The cluster is left parked; what must not be done meanwhile. */
    default void parked(List<String> unsafe) {}
}
