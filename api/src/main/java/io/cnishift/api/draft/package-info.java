/** What strategies write their plans with. Not needed to read a plan: nothing in the other packages of the API knows it. */
@NullMarked
package io.cnishift.api.draft;

import org.jspecify.annotations.NullMarked;
