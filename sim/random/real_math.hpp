// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace onward {

/// Logarithm, exponential, power and the normal quantile with the same bits on every
/// processor: built from +, -, *, / and square roots alone, which IEEE 754 fixes.
/// (The C library's differ between processors, with and without fused multiply-add.)

/// Natural logarithm of a finite number above 0; within 1 unit in the last place.
/// `log_of(0)` is minus infinity.
[[nodiscard]] double log_of(double x);

/// e to the power of x; within 1 unit in the last place. 0 below -745.2, infinity above 709.78.
[[nodiscard]] double exp_of(double x);

/// x to the power of y, for x >= 0. The relative error is below 4e-16 x (1 + |y ln x|).
[[nodiscard]] double power_of(double x, double y);

/// The z below which a standard normal variable lies with chance p, for normal p in (0, 1).
/// Relative error of the tail below 1e-12: a rational start, refined by three Halley steps.
[[nodiscard]] double normal_quantile(double p);

}  // namespace onward
