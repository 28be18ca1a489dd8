/**
 * From a snapshot and wishes to a plan: strategies found, options decoded, findings weighed, facts recorded, plan files.
 * Start at {@link io.cnishift.engine.plan.Planner}.
 */
@NullMarked
package io.cnishift.engine.plan;

import org.jspecify.annotations.NullMarked;
