//! Output: only what changed is written, completely or not at all, by one build at a time.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use feedwright::{
    Error,
    output::{Lock, Outcome, Output, compare, write},
};

/// An empty folder for one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("output").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn output(path: impl Into<PathBuf>, bytes: &str) -> Output<'_> {
    Output {
        path: path.into(),
        bytes: bytes.as_bytes(),
    }
}

fn publish(folder: &Path, outputs: &[Output<'_>]) -> Result<Vec<Outcome>, Error> {
    write(&Lock::acquire(folder)?, outputs)
}

/// The names in a folder, without the lock file.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != ".feedwright.lock").collect();
    names.sort();
    names
}

fn modified(path: &Path) -> SystemTime {
    path.metadata().unwrap().modified().unwrap()
}

#[test]
fn new_changed_and_unchanged_files_are_distinguished() {
    let folder = folder("outcomes");
    let feeds = |a: &'static str| {
        [
            output(folder.join("a.xml"), a),
            output(folder.join("deep/er/b.xml"), "b"),
        ]
    };
    assert_eq!(compare(&feeds("1")).unwrap(), [Outcome::New, Outcome::New]);
    assert_eq!(publish(&folder, &feeds("1")).unwrap(), [Outcome::New, Outcome::New]);
    assert_eq!(compare(&feeds("2")).unwrap(), [Outcome::Changed, Outcome::Unchanged]);
    assert_eq!(
        publish(&folder, &feeds("2")).unwrap(),
        [Outcome::Changed, Outcome::Unchanged]
    );
    assert_eq!(
        publish(&folder, &feeds("2")).unwrap(),
        [Outcome::Unchanged, Outcome::Unchanged]
    );
    assert_eq!(fs::read(folder.join("a.xml")).unwrap(), b"2");
    assert_eq!(
        (names(&folder), names(&folder.join("deep/er"))),
        (vec!["a.xml".into(), "deep".into()], vec!["b.xml".into()])
    );
}

#[test]
fn files_are_compared_to_their_last_byte() {
    let folder = folder("compare");
    let long = "0123456789".repeat(20_000);
    let mut other = long.clone();
    other.replace_range(other.len() - 1.., "x");
    publish(&folder, &[output(folder.join("a"), &long)]).unwrap();
    let outcome = |bytes: &str| compare(&[output(folder.join("a"), bytes)]).unwrap()[0];
    assert_eq!(outcome(&long), Outcome::Unchanged);
    assert_eq!(outcome(&other), Outcome::Changed);
    assert_eq!(outcome(&long[1..]), Outcome::Changed);
    assert_eq!(outcome(""), Outcome::Changed);
}

#[test]
fn a_changed_file_is_at_least_a_second_newer() {
    let folder = folder("mtime");
    let path = folder.join("a");
    publish(&folder, &[output(&path, "1")]).unwrap();
    let before = modified(&path);
    publish(&folder, &[output(&path, "2")]).unwrap();
    assert!(modified(&path) >= before + Duration::from_secs(1));
    let future = before + Duration::from_secs(1000);
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(future)
        .unwrap();
    publish(&folder, &[output(&path, "3")]).unwrap();
    assert_eq!(modified(&path), future + Duration::from_secs(1));
}

#[test]
fn a_second_build_is_locked_out_until_the_first_ends() {
    let folder = folder("lock");
    let lock = Lock::acquire(&folder).unwrap();
    let error = Lock::acquire(&folder).unwrap_err();
    assert!(matches!(error, Error::Locked { .. }), "{error:?}");
    drop(lock);
    Lock::acquire(&folder).unwrap();
    assert!(folder.join(".feedwright.lock").exists(), "the lock file stays");
}

#[test]
fn competing_builds_either_finish_or_are_locked_out() {
    let folder = folder("crowd");
    let publish_both = |text: &str| {
        let outputs = ["a", "b"].map(|name| output(folder.join(name), text));
        publish(&folder, &outputs)
    };
    publish_both("first").unwrap();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let publish_both = &publish_both;
            scope.spawn(move || {
                for round in 0..10 {
                    match publish_both(&format!("{number}.{round}")) {
                        Ok(_) | Err(Error::Locked { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    assert_eq!(
        fs::read(folder.join("a")).unwrap(),
        fs::read(folder.join("b")).unwrap(),
        "both files are of one generation"
    );
    assert_eq!(names(&folder), ["a", "b"]);
}

#[test]
fn only_leftovers_of_killed_builds_are_removed() {
    let folder = folder("leftovers");
    let other = folder.join("other");
    fs::create_dir(&other).unwrap();
    for name in [
        ".a.1.0.feedwright-tmp",
        ".gone.xml.99.7.feedwright-tmp",
        ".a.tmp",
        "b.1.0.feedwright-tmp",
    ] {
        fs::write(folder.join(name), "").unwrap();
    }
    for name in [".ledger.1.0.feedwright-tmp", ".theirs.1.0.feedwright-tmp"] {
        fs::write(other.join(name), "").unwrap();
    }
    fs::create_dir(folder.join(".d.1.0.feedwright-tmp")).unwrap();
    publish(
        &folder,
        &[output(other.join("ledger"), "l"), output(folder.join("a"), "a")],
    )
    .unwrap();
    assert_eq!(
        names(&folder),
        [".a.tmp", ".d.1.0.feedwright-tmp", "a", "b.1.0.feedwright-tmp", "other"]
    );
    assert_eq!(
        names(&other),
        [".theirs.1.0.feedwright-tmp", "ledger"],
        "another build may be running there"
    );
}

#[test]
fn a_failure_changes_nothing_and_leaves_no_files() {
    let folder = folder("failure");
    publish(&folder, &[output(folder.join("a"), "old")]).unwrap();
    fs::create_dir(folder.join("folder")).unwrap();
    let too_long = "x".repeat(250);
    for bad in ["folder", "a/below-a-file", &too_long] {
        let outputs = [
            output(folder.join("a"), "new"),
            output(folder.join("b"), "b"),
            output(folder.join(bad), "c"),
        ];
        let error = publish(&folder, &outputs).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error:?}");
        assert_eq!(fs::read(folder.join("a")).unwrap(), b"old");
        assert_eq!(names(&folder), ["a", "folder"], "{bad}");
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn an_unchanged_file_is_not_touched_and_a_changed_one_is_replaced() {
        let folder = folder("inode");
        let path = folder.join("a");
        publish(&folder, &[output(&path, "1")]).unwrap();
        let before = path.metadata().unwrap();
        publish(&folder, &[output(&path, "1")]).unwrap();
        let after = path.metadata().unwrap();
        assert_eq!((before.ino(), before.ctime_nsec()), (after.ino(), after.ctime_nsec()));
        publish(&folder, &[output(&path, "2")]).unwrap();
        assert_ne!(
            before.ino(),
            path.metadata().unwrap().ino(),
            "a process that has the old file open keeps reading the old bytes"
        );
    }

    #[test]
    fn a_changed_file_keeps_its_mode() {
        let folder = folder("mode");
        let path = folder.join("a");
        publish(&folder, &[output(&path, "1")]).unwrap();
        assert_eq!(path.metadata().unwrap().mode() & 0o600, 0o600);
        for mode in [0o640, 0o644, 0o600, 0o444, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            publish(&folder, &[output(&path, &format!("{mode}"))]).unwrap();
            assert_eq!(path.metadata().unwrap().mode() & 0o7777, mode);
        }
    }

    #[test]
    fn a_new_file_has_the_users_default_mode() {
        let folder = folder("new-mode");
        fs::write(folder.join("by-hand"), "").unwrap();
        publish(&folder, &[output(folder.join("a"), "1")]).unwrap();
        let mode = |name: &str| folder.join(name).metadata().unwrap().mode();
        assert_eq!(mode("a"), mode("by-hand"));
    }

    #[test]
    fn a_symbolic_link_stays_and_its_target_is_replaced() {
        let folder = folder("link");
        let real = folder.join("real");
        fs::create_dir(&real).unwrap();
        fs::write(real.join("a"), "1").unwrap();
        symlink("real/a", folder.join("a")).unwrap();
        let outputs = |text| [output(folder.join("a"), text)];
        assert_eq!(publish(&folder, &outputs("1")).unwrap(), [Outcome::Unchanged]);
        assert_eq!(publish(&folder, &outputs("2")).unwrap(), [Outcome::Changed]);
        assert!(folder.join("a").symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(real.join("a")).unwrap(), b"2");
        symlink("nowhere", folder.join("dangling")).unwrap();
        let error = publish(&folder, &[output(folder.join("dangling"), "x")]).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error:?}");
    }

    #[test]
    fn only_regular_files_are_replaced() {
        let folder = folder("special");
        let made = std::process::Command::new("mkfifo").arg(folder.join("fifo")).status();
        if made.is_ok_and(|status| status.success()) {
            let error = publish(&folder, &[output(folder.join("fifo"), "x")]).unwrap_err();
            assert!(matches!(error, Error::Io { .. }), "{error:?}");
        }
        let error = publish(&folder, &[output("/dev/null", "x")]).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error:?}");
    }

    #[test]
    fn the_lock_file_is_not_opened_through_a_symbolic_link() {
        let folder = folder("lock-link");
        fs::write(folder.join("precious"), "kept").unwrap();
        symlink("precious", folder.join(".feedwright.lock")).unwrap();
        let error = Lock::acquire(&folder).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error:?}");
        assert_eq!(fs::read(folder.join("precious")).unwrap(), b"kept");
    }

    #[test]
    fn a_reader_always_sees_a_complete_generation() {
        let folder = folder("torn");
        let path = folder.join("a");
        let generation = |number: usize| number.to_string().repeat(100_000);
        publish(&folder, &[output(&path, &generation(0))]).unwrap();
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                (0..400).all(|_| {
                    let text = fs::read_to_string(&path).unwrap();
                    text.len() == 100_000 && text.bytes().all(|b| Some(b) == text.bytes().next())
                })
            });
            for number in 1..10 {
                publish(&folder, &[output(&path, &generation(number))]).unwrap();
            }
            assert!(reader.join().unwrap());
        });
    }
}

/// Builds into different folders may share a ledger.
#[cfg(unix)]
#[test]
fn the_ledger_is_locked_too() {
    let folder = folder("ledger-lock");
    let ledger = folder.join("site/feedwright.ledger");
    fs::create_dir_all(ledger.parent().unwrap()).unwrap();
    let lock = |name: &str| Lock::acquire(&folder.join(name)).unwrap().with_ledger(&ledger, false);
    // Before the first build, and then with a ledger, which may be in the output folder.
    for _ in 0..2 {
        for name in ["one", "site"] {
            let first = lock(name).unwrap();
            assert!(matches!(lock("two"), Err(Error::Locked { .. })), "{name}");
            drop(first);
            assert!(lock("two").is_ok());
        }
        fs::write(&ledger, "").unwrap();
    }
    // Another site may have a link to the ledger.
    let link = folder.join("feedwright.ledger");
    std::os::unix::fs::symlink(&ledger, &link).unwrap();
    let linked = Lock::acquire(&folder.join("three")).unwrap().with_ledger(&link, false);
    assert!(matches!(lock("two"), Err(Error::Locked { .. })));
    drop(linked);
    // A build that waits gets the ledger that the other build has written.
    let first = lock("one").unwrap();
    let other = folder.join("two");
    let waiting = std::thread::spawn({
        let ledger = ledger.clone();
        move || Lock::wait(&other).unwrap().with_ledger(&ledger, true).unwrap()
    });
    let new = folder.join("new");
    fs::write(&new, "new").unwrap();
    fs::rename(&new, &ledger).unwrap();
    drop(first);
    let _second = waiting.join().unwrap();
    assert!(matches!(lock("one"), Err(Error::Locked { .. })));
    // A site with its own ledger in the same folder is a different site.
    fs::write(folder.join("site/other.ledger"), "").unwrap();
    let separate = Lock::acquire(&folder.join("one")).unwrap();
    assert!(separate.with_ledger(&folder.join("site/other.ledger"), false).is_ok());
}
