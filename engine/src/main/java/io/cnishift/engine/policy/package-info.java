/** Least privileges: what a plan's acts and the readings need, as IAM policy and RBAC. Start at {@link io.cnishift.engine.policy.PolicyTape}. */
@NullMarked
package io.cnishift.engine.policy;

import org.jspecify.annotations.NullMarked;
