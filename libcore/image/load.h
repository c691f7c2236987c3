// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loads the directory tree of one session of a medium into an Image, ready to be listed, verified, extracted, or edited
// and written as the next session. The System Area and the boot equipment come along, so that they survive growing.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "libcore/base/block_source.h"
#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/base/units.h"
#include "libcore/image/image.h"

namespace core::image {

/// Which directory tree is wanted; if it is not there, the next of Rock Ridge, Joliet, ECMA-119 is taken.
enum class TreeChoice { any, no_rock_ridge, no_joliet, ecma119 };

/// How names are made from ECMA-119 records; the values are those of libisofs.
enum class Ecma119Names : int { unmapped = 0, stripped = 1, uppercase = 2, lowercase = 3 };
enum class JolietNames : int { unmapped = 0, stripped = 1 };

/// When a problem ends the loading: failure and fatal at SORRY with an own event of that severity, best_effort at FAILURE.
enum class LoadStrictness { best_effort, failure, fatal };

/// What to do with recorded MD5 sums and with the checksum tags of superblock and tree.
enum class Md5Loading : int { load_and_check_tags = 0, ignore = 1, load_only = 2 };

/// What to take from local files that are inserted later, and from the attributes recorded in the image.
struct AttributeSettings {
  bool acl = false;             ///< Access control lists.
  bool xattr = false;           ///< Extended attributes of namespace "user".
  bool xattr_all = false;       ///< Of all namespaces; implies xattr.
  bool hard_links = false;      ///< Keep inode numbers of the loaded image, find hard links when writing.
  bool disk_identity = false;   ///< Record device and inode number of the local file with each node (isofs.di).
  bool records_identity() const { return hard_links || disk_identity; }
};

struct LoadOptions {
  TreeChoice tree = TreeChoice::any;
  Ecma119Names ecma119_names = Ecma119Names::stripped;
  JolietNames joliet_names = JolietNames::stripped;
  Md5Loading md5 = Md5Loading::ignore;
  AttributeSettings attributes;
  LoadStrictness strictness = LoadStrictness::failure;
  std::string input_charset;     ///< Empty: that of the locale.
  bool auto_charset = false;     ///< Let the name of the charset recorded in the image win.
  Blocks displacement{};         ///< The image stands this many blocks behind the place it was made for. May be negative.
  int name_limit = 255;          ///< Longest file name, 64 to 255.
};

/// Loads the session that starts at `session_start`. The tree reads its file content from `source` later: it shares the
/// ownership. Null: not possible, everything has been reported, with a hint what can be done about it.
std::unique_ptr<Image> load_image(std::shared_ptr<BlockSource> source, Lba session_start, const LoadOptions& options,
                                  Progress& progress, ProblemSink& sink);

/// Makes the settings that govern later insertions into `image`, loaded or new: which attributes, how long names.
void apply_settings(Image& image, const AttributeSettings& attributes, int name_limit);

}  // namespace core::image
